"""The input is to be turned round for the kernels' gradient, but its rows are reversed twice and stay as they are."""

import numpy as np
from scipy.signal import convolve2d

SOURCE = "https://github.com/Site1997/LeNet-python/commit/d635a6e"
THREAD = "Site1997/LeNet-python d635a6e"
DATE = "2018-03"
KIND = "gradient"
GROUP = "blocks"
FORMULA = (
    r"\partial C / \partial K_{kc} = \textstyle\sum_n \delta_{nk} * x_{nc},\; z_{nk} = \textstyle\sum_c x_{nc} * K_{kc}"
)
RIGHT = (
    r"\partial C / \partial K_{kc} = \textstyle\sum_n \delta_{nk} * \operatorname{rot}_{180} x_{nc},\; "
    r"z_{nk} = \textstyle\sum_c x_{nc} * K_{kc}"
)
READ = "code"
LAYER = [1, 2]
NAMES = []
NET = None  # a convolutional network
BLOCKS = ["conv1[1]", "conv2[2]", "fc1[3]", "fc2[4]"]
SAMPLES = 5
LAM = 0.0


def start(rng):
    """The author's has 6 and 16 kernels of 5 by 5."""
    shapes = ((2, 1, 3, 3), (3, 2, 2, 2), (3, 5), (5, 3))
    return [rng.standard_normal(shape) for shape in shapes]


def data(rng):
    """Pictures of 8 by 8, from 0 to 255."""
    return rng.integers(1, 256, (SAMPLES, 8, 8)).astype(float), np.eye(3)[rng.integers(0, 3, SAMPLES)]


class LeNet:
    """conv1 -> pool1 -> conv2 -> pool2 -> fc1 -> relu -> fc2 -> relu -> softmax"""

    def __init__(self, params, right=False):
        self.conv1, self.conv2, self.fc1, self.fc2 = params
        self.pool1, self.pool2 = [2, 2], [2, 2]
        self.right = right

    def forward_prop(self, input_data):
        self.l0 = np.expand_dims(input_data, axis=1) / 255
        self.l1 = self.convolution(self.l0, self.conv1)
        self.l2 = self.mean_pool(self.l1, self.pool1)
        self.l3 = self.convolution(self.l2, self.conv2)
        self.l4 = self.mean_pool(self.l3, self.pool2)
        self.l5 = self.fully_connect(self.l4, self.fc1)
        self.l6 = self.relu(self.l5)
        self.l7 = self.fully_connect(self.l6, self.fc2)
        self.l8 = self.relu(self.l7)
        self.l9 = self.softmax(self.l8)
        return self.l9

    def backward_prop(self, softmax_output, output_label):
        """With each delta what the author adds to the weights, times a rate."""
        l8_delta = (output_label - softmax_output) / softmax_output.shape[0]
        l7_delta = self.relu(self.l8, l8_delta, deriv=True)
        l6_delta, fc2 = self.fully_connect(self.l6, self.fc2, l7_delta, deriv=True)
        l5_delta = self.relu(self.l6, l6_delta, deriv=True)
        l4_delta, fc1 = self.fully_connect(self.l4, self.fc1, l5_delta, deriv=True)
        l3_delta = self.mean_pool(self.l3, self.pool2, l4_delta, deriv=True)
        l2_delta, conv2 = self.convolution(self.l2, self.conv2, l3_delta, deriv=True)
        l1_delta = self.mean_pool(self.l1, self.pool1, l2_delta, deriv=True)
        l0_delta, conv1 = self.convolution(self.l0, self.conv1, l1_delta, deriv=True)
        return [conv1, conv2, fc1, fc2]

    def convolution(self, input_map, kernal, front_delta=None, deriv=False):
        N, C, W, H = input_map.shape
        K_NUM, K_C, K_W, K_H = kernal.shape
        if not deriv:
            feature_map = np.zeros((N, K_NUM, W - K_W + 1, H - K_H + 1), np.result_type(input_map, kernal))
            for imgId in range(N):
                for kId in range(K_NUM):
                    for cId in range(C):
                        feature_map[imgId][kId] += convolve2d(
                            input_map[imgId][cId], kernal[kId, cId, :, :], mode="valid"
                        )
            return feature_map
        else:
            back_delta = np.zeros((N, C, W, H))
            kernal_gradient = np.zeros((K_NUM, K_C, K_W, K_H))
            pads = [(0, 0), (0, 0), (K_W - 1, K_H - 1), (K_W - 1, K_H - 1)]
            padded_front_delta = np.pad(front_delta, pads, mode="constant", constant_values=0)
            for imgId in range(N):
                for cId in range(C):
                    for kId in range(K_NUM):
                        back_delta[imgId][cId] += convolve2d(
                            padded_front_delta[imgId][kId], kernal[kId, cId, ::-1, ::-1], mode="valid"
                        )
                        if self.right:
                            turned = input_map[imgId, cId, ::-1, ::-1]
                        else:
                            turned = input_map[imgId][cId][::-1][::-1]
                        kernal_gradient[kId][cId] += convolve2d(front_delta[imgId][kId], turned, mode="valid")
            return back_delta, kernal_gradient

    def mean_pool(self, input_map, pool, front_delta=None, deriv=False):
        N, C, W, H = input_map.shape
        P_W, P_H = tuple(pool)
        if not deriv:
            return input_map.reshape(N, C, W // P_W, P_W, H // P_H, P_H).mean((3, 5))
        else:
            back_delta = front_delta.repeat(P_W, axis=2).repeat(P_H, axis=3)
            back_delta /= P_W * P_H
            return back_delta

    def fully_connect(self, input_data, fc, front_delta=None, deriv=False):
        N = input_data.shape[0]
        if not deriv:
            return np.dot(input_data.reshape(N, -1), fc)
        else:
            back_delta = np.dot(front_delta, fc.T).reshape(input_data.shape)
            return back_delta, np.dot(input_data.reshape(N, -1).T, front_delta)

    def relu(self, x, front_delta=None, deriv=False):
        if not deriv:
            return x * (x.real > 0)
        else:
            return front_delta * 1.0 * (x > 0)

    def softmax(self, x):
        y = list()
        for t in x:
            e_t = np.exp(t - np.max(t.real))
            y.append(e_t / e_t.sum())
        return np.array(y)


def cost(params, X, Y):
    """The loss that is printed is the sum, and the delta that of the mean."""
    softmax_output = LeNet(params).forward_prop(X)
    correct_prob = [softmax_output[i][np.argmax(Y[i])] for i in range(len(X))]
    return -np.sum(np.log(correct_prob)) / len(X)


def gradients(params, X, Y, right):
    my_CNN = LeNet(params, right)
    return [-g for g in my_CNN.backward_prop(my_CNN.forward_prop(X), Y)]


def grad(params, X, Y):
    return gradients(params, X, Y, False)


def repaired(params, X, Y):
    return gradients(params, X, Y, True)
